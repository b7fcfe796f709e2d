// SPDX-License-Identifier: Apache-2.0
/** Moves that save money, and the state of the services that move. */
package eu.h3ni.offloading;
