// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

/**
 * @param artifactBytes total size of all layers, as transferred
 * @param unpackedBytes size of a layer, unpacked
 * @param entries files and folders of a layer
 * @param pathDepth names in a path
 */
record ArtifactLimits(long artifactBytes, long unpackedBytes, long fileBytes, int entries, int pathDepth) {}
