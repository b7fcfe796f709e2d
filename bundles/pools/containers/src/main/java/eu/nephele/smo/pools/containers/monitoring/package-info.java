// SPDX-License-Identifier: Apache-2.0
/** The monitoring of a pool, made of its file: Prometheus, Grafana, and a compose file that runs all of it. */
package eu.nephele.smo.pools.containers.monitoring;
