// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import java.util.Map;
import java.util.TreeMap;

/** Replicas that each service has by what was acknowledged. Thread-safe. */
final class ScaleLedger {

    private final Map<String, Integer> replicas = new TreeMap<>();
    private int acknowledged;
    private int atLimit;

    ScaleLedger(Map<String, Integer> begin) {
        replicas.putAll(begin);
    }

    synchronized void acknowledge(String service, int step) {
        replicas.merge(service, step, Integer::sum);
        acknowledged++;
    }

    /** It was refused: at its minimum or its maximum. */
    synchronized void refuse() {
        atLimit++;
    }

    synchronized int acknowledged() {
        return acknowledged;
    }

    synchronized int refused() {
        return atLimit;
    }

    synchronized Map<String, Integer> replicas() {
        return new TreeMap<>(replicas);
    }
}
