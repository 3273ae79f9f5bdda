package com.example.security;

import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler;

class TokenHandler implements AuthenticateCallbackHandler {
    private final OAuthBearerLoginCallbackHandler delegate = new OAuthBearerLoginCallbackHandler();

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        delegate.configure(configs, mechanism, entries);
    }

    @Override
    public void handle(Callback[] callbacks) {
        for (Callback each : callbacks) {
            if (each instanceof OAuthBearerTokenCallback) {
                ((OAuthBearerTokenCallback) each).error("invalid_request", "no", null);
            }
        }
    }

    @Override
    public void close() {
        delegate.close();
    }
}
