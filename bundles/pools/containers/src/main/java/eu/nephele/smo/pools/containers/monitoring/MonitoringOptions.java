// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.monitoring;

import java.util.Optional;

/**
 * What the file of a pool does not say.
 *
 * @param smoHost where Prometheus reaches the SMO and HAProxy
 * @param smoPort of the SMO
 * @param cadvisorPort of cAdvisor, on each server
 * @param tokenFile with a token for the SMO, as Prometheus sees it; empty where it asks for none
 */
public record MonitoringOptions(String smoHost, int smoPort, int cadvisorPort, Optional<String> tokenFile) {}
