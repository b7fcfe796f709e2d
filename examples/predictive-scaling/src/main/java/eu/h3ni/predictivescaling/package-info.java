// SPDX-License-Identifier: Apache-2.0
/** Forecasts of a load that is the same every day. */
package eu.h3ni.predictivescaling;
