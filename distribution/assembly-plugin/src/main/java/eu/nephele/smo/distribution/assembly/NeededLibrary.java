// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

/**
 * What a jar needs to run.
 *
 * @param coordinates group, artifact and version
 * @param scope {@code compile} or {@code runtime}
 */
record NeededLibrary(Coordinates coordinates, String scope) {}
