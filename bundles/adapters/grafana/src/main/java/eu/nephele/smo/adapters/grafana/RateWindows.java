// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

/** Windows of the rates in the panels, as PromQL writes them. */
record RateWindows(
        String serviceCpu, String throttling, String clusterCpu, String clusterBusy, String disk, String network) {

    /** Formats seconds for PromQL, as minutes if they are whole. */
    static String render(int seconds) {
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
