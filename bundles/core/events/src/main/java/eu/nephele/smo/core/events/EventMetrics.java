// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.core.contract.measure.Measurements;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Counts where somebody measures; who measures comes and goes. */
public final class Meters {

    private final List<Measurements> present = new CopyOnWriteArrayList<>();
    private final Consumer<Measurements> gauges;

    /** @param gauges publishes the gauges to whoever comes */
    public Meters(Consumer<Measurements> gauges) {
        this.gauges = gauges;
    }

    public void add(Measurements measurements) {
        gauges.accept(measurements);
        present.add(measurements);
    }

    public void remove(Measurements measurements) {
        present.remove(measurements);
    }

    public void count(String name, Map<String, String> labels) {
        present.forEach(measurements -> measurements.count(name, labels));
    }
}
