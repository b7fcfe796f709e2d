// SPDX-License-Identifier: Apache-2.0
/** Replays of loads through scaling strategies in virtual time. */
package eu.nephele.smo.lab.harness.backtest;
