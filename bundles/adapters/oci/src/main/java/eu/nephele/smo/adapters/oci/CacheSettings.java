// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.nio.file.Path;
import java.time.Duration;

/** @param tagAge how long the target of a tag stays valid */
record CacheSettings(Path directory, long bytes, Duration tagAge) {}
