// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.file;

/** The monitoring beside the pool. */
public record MonitoringSettings(PrometheusEntry prometheus, GrafanaEntry grafana) {

    /** @param retention a time as Prometheus writes it, {@code 7d} */
    public record PrometheusEntry(boolean enabled, int port, String retention) {}

    /** @param adminPassword of its user {@code admin} */
    public record GrafanaEntry(boolean enabled, int port, TextOrSecret adminPassword) {}
}
