// SPDX-License-Identifier: Apache-2.0
/** Load of services, as Graphite has it. */
package eu.h3ni.graphitemetrics;
