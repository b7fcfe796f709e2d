// SPDX-License-Identifier: Apache-2.0
/** Business hours by the clocks of their time zones. */
package eu.nephele.smo.pools.containers.hours;
