// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.real;

import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSystem;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls that go on to a real system. */
final class CountingHttp implements HttpSystem {

    private final HttpSystem system;
    private final AtomicInteger calls = new AtomicInteger();

    CountingHttp(HttpSystem system) {
        this.system = system;
    }

    int calls() {
        return calls.get();
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        calls.incrementAndGet();
        return system.send(call);
    }

    @Override
    public void close() {
        system.close();
    }
}
