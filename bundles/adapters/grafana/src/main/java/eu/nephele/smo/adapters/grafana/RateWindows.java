// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

/**
 * Windows of the rates in the panels, as PromQL writes them.
 *
 * @param serviceCpu CPU of a service
 * @param throttling throttled periods of a service
 * @param clusterCpu CPU of a cluster by mode
 * @param clusterBusy busy share of a cluster
 * @param disk disks of a cluster
 * @param network network of a cluster
 */
record RateWindows(
        String serviceCpu, String throttling, String clusterCpu, String clusterBusy, String disk, String network) {

    /** Formats seconds for PromQL, as minutes if they are whole. */
    static String render(int seconds) {
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
