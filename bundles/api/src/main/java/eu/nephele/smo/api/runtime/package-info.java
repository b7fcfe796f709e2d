// SPDX-License-Identifier: Apache-2.0
/**
 * Resources of any kind: what a bundle needs that brings a kind of its own. It says what its documents look like and brings the
 * world to what they ask for; they are kept, queued, listed, watched and told of by the orchestrator.
 */
@Export
@Version("0.6.0")
package eu.nephele.smo.api.runtime;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
