// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

/**
 * A server of a backend of the balancer.
 *
 * @param place ADDRESS:PORT
 * @param status word of the balancer
 */
record BalancerEntry(String backend, String name, String place, String status) {

    static final String PROJECT = "containers";

    static String backendOf(String service) {
        return "%1$s:%2$s:%2$s".formatted(PROJECT, service);
    }

    boolean isUp() {
        return status.startsWith("UP");
    }
}
