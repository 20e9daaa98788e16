"""What each audit of Lighthouse is about: topic → the audits that say the same thing to a reader, in every version.

The words of a topic are in the catalogue `lighthouse`. An audit that is not here is shown by its id.
"""

from __future__ import annotations

TOPICS = {
    # speed
    "main_content": "largest-contentful-paint-element prioritize-lcp-image preload-lcp-image lcp-lazy-loaded "
    "lcp-discovery-insight lcp-breakdown-insight lcp-phases-insight first-meaningful-paint",
    "render_blocking": "render-blocking-resources render-blocking-insight",
    "images": "uses-responsive-images uses-optimized-images modern-image-formats uses-webp-images "
    "efficient-animated-content image-delivery-insight",
    "offscreen_images": "offscreen-images",
    "unused_code": "unused-javascript unused-css-rules",
    "uncompressed": "unminified-css unminified-javascript uses-text-compression",
    "old_code": "duplicated-javascript duplicated-javascript-insight legacy-javascript legacy-javascript-insight",
    "server": "server-response-time time-to-first-byte document-latency-insight",
    "redirects": "redirects",
    "cache": "uses-long-cache-ttl cache-insight use-cache-insight",
    "main_thread": "bootup-time mainthread-work-breakdown long-tasks forced-reflow-insight inp-breakdown-insight "
    "interaction-to-next-paint-insight max-potential-fid interactive first-cpu-idle estimated-input-latency",
    "layout_shift": "layout-shifts layout-shift-elements cls-culprits-insight unsized-images non-composited-animations",
    "fonts": "font-display font-display-insight",
    "third_parties": "third-party-summary third-party-facades third-parties-insight",
    "request_chain": "critical-request-chains network-dependency-tree-insight long-critical-network-tree-insight "
    "uses-rel-preconnect uses-rel-preload",
    "page_weight": "total-byte-weight",
    "page_size": "dom-size dom-size-insight slow-css-selector-insight",
    "protocol": "uses-http2 modern-http-insight",
    "script_habits": "no-document-write uses-passive-event-listeners",
    "back_button": "bf-cache",
    "small_screens": "viewport viewport-insight content-width",
    # accessibility
    "contrast": "color-contrast link-in-text-block",
    "image_texts": "image-alt input-image-alt object-alt svg-img-alt role-img-alt image-redundant-alt",
    "control_names": "button-name link-name input-button-name summary-name aria-command-name aria-dialog-name "
    "aria-meter-name aria-progressbar-name aria-text aria-toggle-field-name aria-tooltip-name aria-treeitem-name "
    "identical-links-same-purpose label-content-name-mismatch",
    "form_labels": "label select-name form-field-multiple-labels aria-input-field-name autocomplete-valid",
    "page_language": "html-has-lang html-lang-valid html-xml-lang-mismatch valid-lang",
    "headings": "heading-order heading-levels empty-heading",
    "lists": "list listitem definition-list dlitem",
    "tables": "td-headers-attr th-has-data-cells td-has-header table-duplicate-name table-fake-caption layout-table",
    "assistive_markup": "aria-allowed-attr aria-allowed-role aria-conditional-attr aria-deprecated-role "
    "aria-hidden-body aria-hidden-focus aria-prohibited-attr aria-required-attr aria-required-children "
    "aria-required-parent aria-roles aria-valid-attr aria-valid-attr-value presentation-role-conflict "
    "duplicate-id duplicate-id-active duplicate-id-aria accesskeys",
    "keyboard": "tabindex bypass skip-link landmark-one-main",
    "zoom": "meta-viewport",
    "self_refresh": "meta-refresh",
    "frames": "frame-title",
    "subtitles": "video-caption video-description audio-caption",
    "targets": "target-size tap-targets",
    # search engines
    "indexing": "is-crawlable",
    "page_title": "document-title",
    "page_description": "meta-description",
    "page_answer": "http-status-code",
    "link_texts": "link-text",
    "followable_links": "crawlable-anchors",
    "robots_file": "robots-txt",
    "language_versions": "hreflang",
    "canonical_address": "canonical",
    "text_size": "font-size",
    "plugins": "plugins",
    # good practice
    "https": "is-on-https redirects-http",
    "protections": "csp-xss has-hsts origin-isolation clickjacking-mitigation trusted-types-xss",
    "page_errors": "errors-in-console inspector-issues",
    "deprecated": "deprecations no-websql appcache-manifest",
    "libraries": "no-vulnerable-libraries js-libraries",
    "permissions": "geolocation-on-start notification-on-start",
    "pasting": "password-inputs-can-be-pasted-into paste-preventing-inputs",
    "blurred_images": "image-aspect-ratio image-size-responsive",
    "document_start": "doctype charset character-set-insight",
    "foreign_cookies": "third-party-cookies",
    "new_tabs": "external-anchors-use-rel-noopener",
    "source_maps": "valid-source-maps",
}
TOPIC_OF = {audit: topic for topic, audits in TOPICS.items() for audit in audits.split()}
