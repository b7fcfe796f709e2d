// SPDX-License-Identifier: Apache-2.0
/**
 * The steps outside, each idempotent: releases and their values, moves that make before they break, drift, and the
 * translation of failures there. Uses {@code alert}, {@code cluster}, {@code context}, {@code dashboard},
 * {@code decision}, {@code graph}.
 */
package eu.nephele.smo.core.engine.rollout;
