// SPDX-License-Identifier: Apache-2.0
/** Controllers work in passes: a queue of keys, threads, and how long passes take. Each controller has its own. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.work;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
