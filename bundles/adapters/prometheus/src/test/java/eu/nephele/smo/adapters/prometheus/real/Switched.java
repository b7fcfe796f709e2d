// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.real;

import eu.nephele.smo.adapters.http.JdkHttpSystems;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import eu.nephele.smo.api.port.http.HttpSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A real system until it is cut off; from then on its port is closed. */
final class Switched implements HttpSystem {

    private final HttpSystem real;
    private final HttpSystem nobody;
    private volatile boolean cut;

    Switched(HttpSystem real) {
        this.real = real;
        Duration soon = Duration.ofSeconds(1);
        nobody = new JdkHttpSystems(Path.of(""))
                .open(new HttpSettings(
                        "prometheus",
                        "http://127.0.0.1:1",
                        soon,
                        soon,
                        1024,
                        Optional.empty(),
                        Optional.empty(),
                        new Credentials.None()));
    }

    void cut() {
        cut = true;
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        return (cut ? nobody : real).send(call);
    }

    /** Leaves the real system open: it serves other tests, too. */
    @Override
    public void close() {
        nobody.close();
    }
}
