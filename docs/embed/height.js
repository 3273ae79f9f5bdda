// Gives each frame of Kafka Upgrade Check its height, and the colours of the page around it.
for (const frame of document.querySelectorAll("iframe.kafka-upgrade-check")) {
  const offer = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      if (data.height > 0) frame.height = data.height;
    };
    frame.contentWindow.postMessage("kafka-upgrade-check", "*", [port2]);
    const style = getComputedStyle(frame);
    const colours = { accent: style.getPropertyValue("--check-accent"), background: style.getPropertyValue("--check-background") };
    port1.postMessage({ colours });
  };
  // The frame may be there already, or not yet; it takes the first port that it gets.
  offer();
  frame.addEventListener("load", offer);
}
