// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import java.time.Instant;
import java.util.Optional;

/**
 * A window whose bounds apply now.
 *
 * @param minimum at least so many replicas
 * @param maximum at most so many; empty before the window begins
 * @param until when that ends
 * @param text for people: which window, and until when
 */
record OpenWindow(Optional<Integer> minimum, Optional<Integer> maximum, Instant until, String text) {}
