// SPDX-License-Identifier: Apache-2.0
/** Requests decisions of a running server at a fixed rate, while another process changes its plugins, and checks the records. */
package eu.nephele.smo.lab.harness.load;
