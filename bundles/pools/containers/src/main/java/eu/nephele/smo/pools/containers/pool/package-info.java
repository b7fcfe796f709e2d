// SPDX-License-Identifier: Apache-2.0
/** The pool in a running server: its file as a resource, whose controller keeps graphs and servers as the file says. */
package eu.nephele.smo.pools.containers.pool;
