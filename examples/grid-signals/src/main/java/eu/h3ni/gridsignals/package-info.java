// SPDX-License-Identifier: Apache-2.0
/** Carbon intensity and renewable share of clusters, as a grid operator publishes them. */
package eu.h3ni.gridsignals;
