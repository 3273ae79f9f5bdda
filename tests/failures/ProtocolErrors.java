import org.apache.kafka.common.protocol.Errors;

/** Prints the errors of Kafka's protocol: code, name, class of the exception, message. `java -cp … ProtocolErrors.java`. */
public class ProtocolErrors {
    public static void main(String[] arguments) {
        for (Errors error : Errors.values()) {
            if (error.exception() != null) {
                System.out.println(error.code() + " " + error.name() + " " + error.exception().getClass().getName() + " " + error.message());
            }
        }
    }
}
