// SPDX-License-Identifier: Apache-2.0
/** Containers on servers with real engines behind a real balancer, shown as it happens. */
package eu.nephele.smo.lab.harness.containers;
