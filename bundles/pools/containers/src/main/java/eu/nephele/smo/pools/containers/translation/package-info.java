// SPDX-License-Identifier: Apache-2.0
/** What the core needs: a descriptor for each service, a configuration for each server. */
package eu.nephele.smo.pools.containers.translation;
