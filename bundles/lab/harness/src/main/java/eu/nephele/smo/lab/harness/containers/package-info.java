// SPDX-License-Identifier: Apache-2.0
/** The server with many plain servers, whose engines are played in a process of their own: {@code ./smo bench containers}. */
package eu.nephele.smo.lab.harness.containers;
