// SPDX-License-Identifier: Apache-2.0
/** Hot loops of bundles by JMH. The loops are test classes of their bundles, because they call what no other bundle sees. */
package eu.nephele.smo.lab.harness.loops;
