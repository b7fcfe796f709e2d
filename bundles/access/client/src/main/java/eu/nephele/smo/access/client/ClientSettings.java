// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client;

import eu.nephele.smo.access.client.call.HttpTransport;
import eu.nephele.smo.access.client.call.JdkTransport;
import eu.nephele.smo.access.client.call.RetryPolicy;
import eu.nephele.smo.access.client.call.TokenSource;
import eu.nephele.smo.access.client.call.TrustedAuthorities;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** What a client is made of. */
public record ClientSettings(URI server, TokenSource tokens, HttpTransport transport, RetryPolicy retries) {

    public static ClientSettings standard(URI server) {
        return new ClientSettings(server, TokenSource.none(), new JdkTransport(Optional.empty()), RetryPolicy.STANDARD);
    }

    public ClientSettings with(TokenSource source) {
        return new ClientSettings(server, source, transport, retries);
    }

    public ClientSettings with(RetryPolicy policy) {
        return new ClientSettings(server, tokens, transport, policy);
    }

    public ClientSettings with(HttpTransport carrier) {
        return new ClientSettings(server, tokens, carrier, retries);
    }

    /** Trusts the certificates (PEM) of a file and no others. */
    public ClientSettings trusting(Path authorities) throws IOException {
        return with(new JdkTransport(Optional.of(new TrustedAuthorities(authorities).context())));
    }
}
