// SPDX-License-Identifier: Apache-2.0
/**
 * Requests decisions of a running server at a fixed rate, while another process changes its plugins, and checks the records; and an audit
 * that keeps nothing, which shows what the real one costs.
 */
package eu.nephele.smo.lab.harness.load;
