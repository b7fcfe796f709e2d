// SPDX-License-Identifier: Apache-2.0
/** A discrete-event simulation of owners, databases and clusters. One thread, one seed, no clock: the same input gives the same output. */
package eu.nephele.smo.lab.harness.scale.model;
