// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

/** The parameter record of a strategy that has none. */
public record NoParameters() {}
