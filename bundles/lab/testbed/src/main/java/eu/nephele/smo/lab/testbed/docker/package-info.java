// SPDX-License-Identifier: Apache-2.0
/**
 * Played container engines: many in one process, each with the interface of Docker on a socket of its own, whose
 * containers answer over HTTP at their published ports. State, answers and events follow those of a real daemon;
 * nothing is isolated, and no image is looked into.
 */
package eu.nephele.smo.lab.testbed.docker;
