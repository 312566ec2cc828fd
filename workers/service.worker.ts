// Entry of the service worker, built to sw.js: the whole studio without a network, under the site's own headers.
// A newer version waits here until the person asks for it.
import { bringPageBackWhenAsked } from './service/bring-page-back.ts';
import { keepEngines } from './service/keep-engines.ts';
import { keepPackLists } from './service/keep-pack-lists.ts';
import { keepSite } from './service/keep-site.ts';
import { siteHeadersPlugin } from './service/site-headers.ts';
import { takeOverWhenAsked } from './service/take-over.ts';

const siteHeaders = siteHeadersPlugin(__SITE_HEADERS__);
keepSite(__SITE_FILES__, siteHeaders);
keepEngines(__ENGINE_PATHS__, siteHeaders);
keepPackLists(siteHeaders);
takeOverWhenAsked();
bringPageBackWhenAsked();
