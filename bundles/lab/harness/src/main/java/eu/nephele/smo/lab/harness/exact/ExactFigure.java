// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

/**
 * What a strategy has done with some cases.
 *
 * @param good cases that are as they have to be
 * @param goal what is to be reached, for people; "" if nothing is
 * @param reached whether the values reach it
 */
record ExactFigure(
        String title, String strategy, int cases, int good, ValueSummary values, String goal, boolean reached) {}
