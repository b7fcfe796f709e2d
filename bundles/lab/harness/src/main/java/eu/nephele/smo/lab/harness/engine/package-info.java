// SPDX-License-Identifier: Apache-2.0
/** The whole server under many graphs, phase by phase: {@code ./smo bench engine}. */
package eu.nephele.smo.lab.harness.engine;
