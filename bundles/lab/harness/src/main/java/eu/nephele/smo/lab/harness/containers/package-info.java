// SPDX-License-Identifier: Apache-2.0
/** Containers on plain servers: the demo on real engines behind a real balancer, and the benchmark of many servers whose engines are played. */
package eu.nephele.smo.lab.harness.containers;
