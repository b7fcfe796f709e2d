// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

/**
 * Run-time dependency of a jar.
 *
 * @param coordinates group, artifact and version
 * @param scope {@code compile} or {@code runtime}
 */
record NeededLibrary(Coordinates coordinates, String scope) {}
