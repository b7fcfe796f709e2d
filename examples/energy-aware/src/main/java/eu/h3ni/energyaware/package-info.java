// SPDX-License-Identifier: Apache-2.0
/** Placement that saves carbon: a strategy and an intent. */
package eu.h3ni.energyaware;
