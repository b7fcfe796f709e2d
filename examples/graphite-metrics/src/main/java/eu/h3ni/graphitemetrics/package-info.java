// SPDX-License-Identifier: Apache-2.0
/** Load of services from Graphite. */
package eu.h3ni.graphitemetrics;
