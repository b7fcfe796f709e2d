// SPDX-License-Identifier: Apache-2.0
/**
 * Services that wait for events: the rules that have the monitoring system watch for them, and the authorized service
 * for the alerts that install them. Uses {@code cluster}, {@code graph}.
 */
package eu.nephele.smo.core.engine.alert;
