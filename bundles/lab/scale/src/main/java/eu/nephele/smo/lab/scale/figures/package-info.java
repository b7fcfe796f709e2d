// SPDX-License-Identifier: Apache-2.0
/** Figures that the model is fed with: measured runs, what is derived from them, and what is assumed, each with its source. */
package eu.nephele.smo.lab.scale.figures;
