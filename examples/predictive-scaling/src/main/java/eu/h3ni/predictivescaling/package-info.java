// SPDX-License-Identifier: Apache-2.0
/** Scaling ahead of a load that repeats itself. */
package eu.h3ni.predictivescaling;
