// SPDX-License-Identifier: Apache-2.0
/** Daily copies of the configuration of a pool, without secrets in clear, and what is restored from one. */
package eu.nephele.smo.pools.containers.backup;
