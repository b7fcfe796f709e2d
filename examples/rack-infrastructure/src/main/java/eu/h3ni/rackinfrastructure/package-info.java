// SPDX-License-Identifier: Apache-2.0
/** Clusters on demand, made of the machines of a rack. */
package eu.h3ni.rackinfrastructure;
