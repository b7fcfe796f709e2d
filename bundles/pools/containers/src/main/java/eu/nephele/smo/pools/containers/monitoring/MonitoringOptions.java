// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.monitoring;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the file of a pool does not say.
 *
 * @param smoHost where Prometheus reaches the SMO and HAProxy
 * @param smoPort of the SMO
 * @param pathPort at which the SMO has the interface of the original; empty where it has none
 * @param cadvisorPort of cAdvisor, on each server
 * @param tokenFile with a token for the SMO, as Prometheus sees it; empty where it asks for none
 */
public record MonitoringOptions(
        String smoHost, int smoPort, OptionalInt pathPort, int cadvisorPort, Optional<String> tokenFile) {}
