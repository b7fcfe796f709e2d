// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the cache on disk.
 *
 * @param bytes how much it holds
 * @param tagAge for how long a tag is believed not to have moved
 */
record CacheSettings(Path directory, long bytes, Duration tagAge) {}
