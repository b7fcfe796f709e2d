// SPDX-License-Identifier: Apache-2.0
/** Input figures of the model: measured, derived and assumed ones, each with its source. */
package eu.nephele.smo.lab.harness.scale.figures;
