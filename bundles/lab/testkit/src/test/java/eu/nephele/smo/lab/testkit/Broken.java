// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** An adapter in memory, sound but for one fault. */
abstract class Broken {

    static final String PROPERTIES = "isPublishedWithThePropertiesThatItsPortNeeds";
    static final String FAILURE = "aFailureIsAnAdapterExceptionOfItsSystemInTime";
    static final String THREADS = "isAskedByManyThreadsAtOnce";

    final String fault;
    final AtomicInteger writes = new AtomicInteger();
    private final AtomicBoolean down = new AtomicBoolean();
    private final Exchanger<Broken> meeting = new Exchanger<>();

    /** @param fault name of the check that has to find it; "" for none */
    Broken(String fault) {
        this.fault = fault;
    }

    final boolean has(String name) {
        return fault.equals(name);
    }

    final void down() {
        down.set(true);
    }

    /** Every call that goes out passes here. */
    final void goOut() {
        if (down.get()) {
            if (has(FAILURE)) {
                throw new IllegalStateException("a defect instead of a failure");
            }
            throw new AdapterException(Kind.UNAVAILABLE, "memory", "out of order");
        }
        if (has(THREADS)) {
            failBesideAnother();
        }
    }

    private void failBesideAnother() {
        try {
            meeting.exchange(this, 5, TimeUnit.MILLISECONDS);
            throw new IllegalStateException("made for one thread");
        } catch (TimeoutException alone) {
            // sound as long as nobody else is inside
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** As they are published. */
    final Map<String, String> properties(String... more) {
        Map<String, String> properties = new TreeMap<>();
        for (int i = 0; i + 1 < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        if (!has(PROPERTIES)) {
            properties.put(AdapterException.SYSTEM, "memory");
        }
        return properties;
    }
}
