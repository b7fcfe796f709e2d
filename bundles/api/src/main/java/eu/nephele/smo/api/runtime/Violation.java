// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

/**
 * One thing that is wrong with an input.
 *
 * @param pointer JSON pointer (RFC 6901) of the place in the request body, "" for the whole of it
 * @param message what is wrong there and what is expected
 */
public record Violation(String pointer, String message) {}
