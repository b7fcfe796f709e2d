// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

/**
 * A state of a resource.
 *
 * @param tag names this state, for {@link SmoCall#onlyIf(String)}; "" when the server names none
 */
public record TaggedValue<T>(T value, String tag) {}
