// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

enum ServerStep {
    /** a graph is deployed or started */
    DEPLOY,
    UPDATE,
    /** an event has come, and services that wait for it are installed */
    ALERT,
    /** the load requires other replicas */
    SCALE,
    /** services leave a cluster that is not ready any more, or return */
    MOVE,
    STOP,
    REMOVE
}
